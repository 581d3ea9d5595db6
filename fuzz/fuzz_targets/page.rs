//! Intake of web pages: any bytes give a report with spans on character borders, or a reason.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    match chancery::intake::page::read("fuzz", bytes.to_vec(), None) {
        Ok(received) => {
            let report = received.report;
            assert!(report.blocks().all(|block| report.text.get(block.start as usize..block.end as usize).is_some()));
        }
        Err(reason) => assert!(!reason.to_string().is_empty()),
    }
});
