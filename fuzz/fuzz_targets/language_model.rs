//! The reader of language models: any bytes give a model that can be used, or an error.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // The network within a model has a reader of its own, and no checksum before it.
    for language in [annotate::Language::load(bytes), annotate::Language::of_network(bytes)].into_iter().flatten() {
        let _ = annotate::syntax(document::Report::from_text("fuzz", "Rebels left Lyon on Sunday."), &language);
    }
});
