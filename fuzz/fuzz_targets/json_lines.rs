//! Intake of JSON lines: any line gives a report or a reason.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    match chancery::intake::json_lines::read("fuzz", bytes, None) {
        Ok(received) => {
            let report = received.report;
            assert!(report.blocks().all(|block| report.text.get(block.start as usize..block.end as usize).is_some()));
        }
        Err(reason) => assert!(!reason.to_string().is_empty()),
    }
});
