//! Intake of feeds: any bytes give reports with spans on character borders, or reasons, and an end.
#![no_main]

use chancery::intake::{Options, Reports, feed};
use std::io::Cursor;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(mut reports) = feed::Feed::new(Box::new(Cursor::new(bytes.to_vec()))) else { return };
    let options = Options { max_bytes: 4096, ..Options::default() };
    while let Some((_, result)) = reports.next("fuzz", options) {
        match result {
            Ok(received) => {
                let report = received.report;
                assert!(report.blocks().all(|block| report.text.get(block.start as usize..block.end as usize).is_some()));
            }
            Err(reason) => assert!(!reason.to_string().is_empty()),
        }
    }
});
