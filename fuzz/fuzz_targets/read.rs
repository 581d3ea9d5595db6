//! The whole of it: any text gives a record.
#![no_main]

use std::sync::LazyLock;

static ENGINE: LazyLock<engine::Engine> =
    LazyLock::new(|| engine::Engine::built_in().unwrap_or_else(|error| panic!("{error}")));

libfuzzer_sys::fuzz_target!(|text: &str| {
    let reading = ENGINE.read(document::Report::from_text("fuzz", text));
    let record = serde_json::to_string(&ENGINE.record(&reading, true));
    assert!(record.is_ok());
});
