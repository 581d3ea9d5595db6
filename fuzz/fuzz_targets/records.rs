//! Records on their way back: any line gives a record or a reason.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(reason) = ledger::exports::Returned::read(bytes) {
        assert!(!reason.is_empty());
    }
});
