//! Every example of the built-in codebook: each `yes` gives the expected claim and nothing more, each `no` does not give
//! its category, each `gap` is still missed.

use engine::{Engine, examples};

#[test]
#[expect(clippy::print_stderr, reason = "every failure is shown before the count")]
fn codebook_examples_are_read_as_their_rules_say() {
    let engine = Engine::with_codebook(&engine::built_in_codebook()).unwrap();
    let (count, failures) = examples::check(&engine);
    for failure in &failures {
        eprintln!("{failure}");
    }
    assert!(failures.is_empty(), "{} of {count} examples fail", failures.len());
    assert!(count >= 100, "only {count} examples: is the codebook there?");
}
