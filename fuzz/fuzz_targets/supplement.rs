//! The readers of places of the user's own: any text gives places or an error, and what is written is read again.
#![no_main]

use annotate::places::{HEAD, Row};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(Some(row)) = chancery::intake::geonames::read(text) {
        assert_eq!(Row::read(&row.line()), Ok(row));
    }
    let gazetteer = annotate::places::Gazetteer::load(annotate::places::encode(&[]));
    let _ = gazetteer.map(|gazetteer| gazetteer.with_supplement(&format!("{HEAD}\n{text}")));
});
