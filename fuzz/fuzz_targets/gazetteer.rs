//! The reader of gazetteers: any bytes give a gazetteer that can be asked, or an error.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(gazetteer) = annotate::places::Gazetteer::load(bytes.to_vec()) {
        let _ = annotate::places::find(&document::Syntax::default(), &[], &[], &gazetteer);
    }
});
