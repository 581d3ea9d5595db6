//! Examples in the help of every command, from one table, so that tests can hold all of them against the program.

use clap::Command;

const EXAMPLES: &str = include_str!("examples.txt");

/// The examples of a command, named as it is typed (`verdict accept`): what to type, and what it gives.
pub fn of(command: &str) -> impl Iterator<Item = &'static str> {
    let head = format!("[{command}]");
    EXAMPLES
        .lines()
        .skip_while(move |line| *line != head)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty())
}

/// The commands that have examples.
pub fn named() -> impl Iterator<Item = &'static str> {
    EXAMPLES.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'))
}

/// Puts the examples of each command into its long help, before what stands at its end.
#[must_use]
pub fn with_examples(program: Command) -> Command {
    below(program, "")
}

fn below(command: Command, path: &str) -> Command {
    command.mut_subcommands(|inner| {
        let path = if path.is_empty() { inner.get_name().to_owned() } else { format!("{path} {}", inner.get_name()) };
        let examples: Vec<String> = of(&path).map(|line| format!("  {line}")).collect();
        let inner = below(inner, &path);
        if examples.is_empty() {
            return inner;
        }
        let after = inner.get_after_help().map(|after| format!("\n\n{after}")).unwrap_or_default();
        inner.after_long_help(format!("Examples:\n{}{after}", examples.join("\n")))
    })
}
