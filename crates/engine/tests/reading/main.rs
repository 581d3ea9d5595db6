//! What is read in a report, from its text to its record: one program, as each links the whole engine.

mod actors;
mod days;
mod languages;
