//! Intake of tables: any bytes give reports with spans on character borders, or reasons, and an end.
#![no_main]

use chancery::intake::{Options, Reports, table};
use std::io::Cursor;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let separator = bytes.first().copied().filter(|byte| b",;\t|".contains(byte)).unwrap_or(b',');
    let mut reports = table::Table::new(Box::new(Cursor::new(bytes.to_vec())), separator);
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
