//! The reader of language models: any bytes give a model that can be used, or an error.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(language) = annotate::Language::load(bytes) {
        let _ = annotate::syntax(document::Report::from_text("fuzz", "Rebels left Lyon on Sunday."), &language);
    }
});
