//! Who signs a decision, and why.

#[derive(clap::Args, Debug)]
pub(super) struct SignatureArguments {
    /// Who decides
    #[arg(long, value_name = "NAME", env = "CHANCERY_ANALYST")]
    pub(super) analyst: String,
}
