//! The reader of codebooks: any contents give a codebook or faults. The first byte chooses the kind of file.
#![no_main]

const PATHS: &[&str] = &[
    "codebook.toml",
    "categories/agree/agree-to.rule.toml",
    "categories/assault/modes.toml",
    "states/control/hold.rule.toml",
    "actors/countries.toml",
    "actors/roles.csv",
    "categories/assault/category.md",
    "words/weapon.txt",
    "contexts/military.toml",
    "cameo.toml",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, contents)) = bytes.split_first() else { return };
    let path = PATHS[usize::from(kind) % PATHS.len()];
    let files = [(path.to_owned(), String::from_utf8_lossy(contents).into_owned())];
    if let Err(faults) = coder::Codebook::load(&files, coder::Examples::Read) {
        assert!(faults.iter().all(|fault| !fault.to_string().is_empty()));
    }
});
