//! What the columns of each list mean: the source of the API's description. The rows themselves come from the ledger; a
//! test holds each real answer against these types.

#![allow(dead_code, reason = "the types are described, not filled")]

use schemars::JsonSchema;

macro_rules! row {
    ($(#[$about:meta])* $name:ident { $($(#[doc = $meaning:literal])+ $(@$key:literal)? $field:ident: $type:ty,)* }) => {
        $(#[$about])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[doc = $meaning])+ $(#[schemars(rename = $key)])? $field: $type,)*
        }
    };
}

row! {
    /// An event: claims held to tell of one happening.
    Event {
        /// Its id.
        event: String,
        /// First day.
        from: Option<String>,
        /// Last day, inclusive.
        to: Option<String>,
        /// PLOVER category, or predicate of a state.
        category: String,
        /// PLOVER's modes, set off by blanks.
        modes: String,
        /// Names, set off by "; ".
        actors: String,
        /// Names, set off by "; ".
        recipients: String,
        /// The words of the claim that stands for it.
        told: String,
        /// Its place.
        place: Option<String>,
        /// First-level division.
        admin1: Option<String>,
        /// ISO 3166-1 alpha-3 code.
        country: Option<String>,
        /// Degrees north.
        lat: Option<f64>,
        /// Degrees east.
        lon: Option<f64>,
        /// Whether it happened.
        status: String,
        /// 1 if somebody says that it did not happen.
        disputed: i64,
        /// `single`, `campaign`, `aggregate` or `habitual`.
        granularity: String,
        /// Reports that tell of it.
        reports: i64,
        /// Outlets.
        outlets: i64,
        /// Independent stories.
        stories: i64,
        /// Origins.
        origins: i64,
        /// Day on which it was first told.
        @"first told" first_told: String,
        /// Day on which it was last told.
        @"last told" last_told: String,
        /// From 0 to 1.
        confidence: f64,
        /// The last mark that an analyst has set on it.
        verdict: Option<String>,
    }
}

row! {
    /// A claim: one thing that a report says happened, holds, or will.
    Claim {
        /// Its id.
        claim: String,
        /// Its event.
        event: Option<String>,
        /// PLOVER category, or predicate of a state.
        category: String,
        /// PLOVER's modes, set off by blanks.
        modes: String,
        /// Names, set off by "; ".
        actors: Option<String>,
        /// The words that it hangs on.
        told: String,
        /// Names, set off by "; ".
        recipients: Option<String>,
        /// First day.
        from: Option<String>,
        /// Last day, inclusive.
        to: Option<String>,
        /// Its first place.
        place: Option<String>,
        /// ISO 3166-1 alpha-3 code.
        country: Option<String>,
        /// Role and words of each figure, set off by "; ".
        figures: Option<String>,
        /// Whether it happened.
        status: String,
        /// Who vouches for it; null in the outlet's own voice.
        speaker: Option<String>,
        /// Who published it.
        outlet: Option<String>,
        /// Day on which it was available.
        available: String,
        /// Its report.
        report: String,
        /// The story of its report.
        story: String,
        /// First code point of the words that it hangs on.
        start: i64,
        /// One past their last.
        end: i64,
        /// The rule that found it.
        rule: String,
        /// From 0 to 1.
        confidence: f64,
        /// The last verdict on it that holds.
        verdict: Option<String>,
    }
}

row! {
    /// A report.
    Report {
        /// Its id.
        report: String,
        /// Day on which it was available.
        available: String,
        /// Who published it.
        outlet: Option<String>,
        /// The headline.
        title: Option<String>,
        /// The story that it tells.
        story: String,
        /// Where it was found.
        url: Option<String>,
        /// Claims of it that stand.
        claims: i64,
    }
}

row! {
    /// A report whose words match.
    Found {
        /// Its id.
        report: String,
        /// Day on which it was available.
        available: String,
        /// Who published it.
        outlet: Option<String>,
        /// The headline.
        title: Option<String>,
        /// The story that it tells.
        story: String,
        /// Where it was found.
        url: Option<String>,
    }
}

row! {
    /// A text that reports have in common.
    Story {
        /// The report that stands for it.
        story: String,
        /// Day on which it was first available.
        first: String,
        /// Day on which it was last available.
        last: String,
        /// Reports that tell it.
        reports: i64,
        /// Outlets that printed it.
        outlets: i64,
        /// The headline.
        title: Option<String>,
        /// The outlets, set off by commas.
        @"printed by" printed_by: Option<String>,
    }
}

row! {
    /// One figure of a toll, by one speaker.
    Toll {
        /// The event.
        event: String,
        /// First day.
        from: Option<String>,
        /// Last day, inclusive.
        to: Option<String>,
        /// Its place.
        place: Option<String>,
        /// The words of the claim that stands for the event.
        told: String,
        /// `killed`, `wounded`, `missing`, `captured`, `displaced` or `arrested`.
        role: String,
        /// The least value that the words allow.
        low: Option<f64>,
        /// The value as written.
        best: Option<f64>,
        /// The greatest value that the words allow.
        high: Option<f64>,
        /// What is counted.
        counts: Option<String>,
        /// The exact words.
        text: String,
        /// Who gives the figure; the outlet where nobody else does.
        speaker: Option<String>,
        /// Who published it.
        outlet: Option<String>,
        /// The story.
        story: String,
        /// Day on which it was available.
        available: String,
        /// `single`, `campaign`, `aggregate` or `habitual`, of the event.
        granularity: String,
        /// 1 if the same speaker gave a later figure.
        superseded: i64,
        /// The claim that gives it.
        claim: String,
    }
}

row! {
    /// Somebody who acts or is acted upon.
    Actor {
        /// The name.
        name: String,
        /// The codebook's actor.
        actor: Option<String>,
        /// ISO 3166-1 alpha-3 code, or PLOVER's code for what is not of one country.
        country: Option<String>,
        /// PLOVER's sectors, set off by blanks.
        sectors: String,
        /// Events.
        events: i64,
        /// Events in which it acts.
        @"as actor" as_actor: i64,
        /// Events in which it is acted upon.
        @"as recipient" as_recipient: i64,
        /// Claims.
        claims: i64,
    }
}

row! {
    /// What was read of an outlet.
    Coverage {
        /// The outlet; empty where none is stated.
        outlet: String,
        /// Reports.
        reports: i64,
        /// Independent stories.
        stories: i64,
        /// First day.
        first: String,
        /// Last day.
        last: String,
        /// Days of which something was read.
        @"days read" days_read: i64,
        /// Days between first and last of which nothing was read.
        @"days without" days_without: i64,
        /// Reports that were coded.
        coded: i64,
        /// Languages, set off by commas.
        languages: Option<String>,
    }
}

row! {
    /// A telling of a round of talks.
    Talks {
        /// The sides of the process, set off by "; ".
        process: String,
        /// First day of the round.
        from: Option<String>,
        /// Last day of the round.
        to: Option<String>,
        /// The sides that this telling names.
        sides: String,
        /// Where.
        venue: Option<String>,
        /// Whether the round took place.
        status: String,
        /// `direct`, `proximity`, `shuttle`, `remote`, `visit` or `phone`.
        format: Option<String>,
        /// What came of it.
        outcome: Option<String>,
        /// The words of the claim.
        told: String,
        /// Who vouches for it; null in the outlet's own voice.
        speaker: Option<String>,
        /// Who published it.
        outlet: Option<String>,
        /// Day on which it was available.
        available: String,
        /// The report.
        report: String,
        /// The claim.
        claim: String,
    }
}

row! {
    /// A step in the life of a ceasefire.
    Ceasefire {
        /// The sides bound, set off by "; ".
        ceasefire: String,
        /// The country in which it holds.
        country: Option<String>,
        /// The day of the step.
        day: String,
        /// `called for`, `declared`, `agreed`, `breach alleged`, …
        phase: String,
        /// Whom it concerns.
        sides: String,
        /// Until when it binds.
        until: Option<String>,
        /// The words of the claim.
        told: String,
        /// Who vouches for it; null in the outlet's own voice.
        speaker: Option<String>,
        /// Who published it.
        outlet: Option<String>,
        /// Day on which it was available.
        available: String,
        /// The report.
        report: String,
        /// The claim.
        claim: String,
    }
}

row! {
    /// What was promised, and what became of it.
    Commitment {
        /// Who promises.
        by: String,
        /// To whom.
        to: String,
        /// What, in the words of the first telling.
        what: String,
        /// Its category.
        category: Option<String>,
        /// `firm`, `effort` or `intention`.
        strength: Option<String>,
        /// The day on which it was made.
        made: String,
        /// The day until which it is due.
        due: Option<String>,
        /// `open`, `overdue`, `kept`, `kept late` or `broken`.
        standing: String,
        /// The words that show that it was kept or broken.
        shown: Option<String>,
        /// Who vouches for it; null in the outlet's own voice.
        speaker: Option<String>,
        /// Who published it.
        outlet: Option<String>,
        /// Day on which it was available.
        available: String,
        /// The report.
        report: String,
        /// The claim.
        claim: String,
    }
}

row! {
    /// A claim on a place.
    Control {
        /// The place.
        place: String,
        /// Its country.
        country: Option<String>,
        /// The day.
        day: String,
        /// `gains`, `loses`, `holds`, `contests` or `besieges`.
        change: String,
        /// Who.
        side: String,
        /// Whether it happened.
        status: String,
        /// The words of the claim.
        told: String,
        /// Who vouches for it; null in the outlet's own voice.
        speaker: Option<String>,
        /// Who published it.
        outlet: Option<String>,
        /// Day on which it was available.
        available: String,
        /// The report.
        report: String,
        /// The claim.
        claim: String,
    }
}

row! {
    /// What an analyst has decided.
    Verdict {
        /// The number of the entry.
        verdict: i64,
        /// When it was entered.
        recorded: String,
        /// Who signed.
        analyst: String,
        /// `accept`, `reject`, `unsure`, `correct`, `add`, `merge`, `split`, `withdraw` or `undo`.
        decision: String,
        /// `claim`, `event`, `story`, `report` or `verdict`.
        target: String,
        /// What was named.
        id: String,
        /// The field of a correction.
        field: Option<String>,
        /// Its value.
        value: Option<String>,
        /// Why.
        reason: Option<String>,
        /// The entry that it takes back.
        undoes: Option<i64>,
        /// The entry that takes it back.
        undone: Option<i64>,
        /// Its claims that the last run does not find, set off by blanks.
        lost: Option<String>,
    }
}

row! {
    /// A report that somebody is to read.
    Assignment {
        /// Its number.
        assignment: i64,
        /// Who is to read it.
        analyst: String,
        /// The report.
        report: String,
        /// Its headline.
        title: Option<String>,
        /// Who published it.
        outlet: Option<String>,
        /// When it was available.
        available: String,
        /// 1 if it is read without what others found.
        blind: i64,
        /// Who assigned it.
        giver: String,
        /// When.
        recorded: String,
        /// When a blind reader handed the sheet in.
        done: Option<String>,
        /// Its claims on which no verdict holds.
        left: i64,
    }
}

row! {
    /// A change.
    Change {
        /// When.
        recorded: String,
        /// Who; null for the command line's `add`.
        who: Option<String>,
        /// What was done.
        what: String,
        /// To what.
        about: String,
        /// Why.
        reason: Option<String>,
    }
}

row! {
    /// Why two claims are held to tell of one happening.
    Link {
        /// A claim.
        claim: String,
        /// Another.
        with: String,
        /// How sure that is, from 0 to 1.
        score: f64,
        /// Why.
        reasons: String,
    }
}

row! {
    /// An event with all that is told of it.
    EventWhole {
        /// The event.
        event: Event,
        /// The last verdict on any of its claims; a verdict posted with it is refused if there is a later one.
        version: i64,
        /// Its claims.
        claims: Vec<Claim>,
        /// Its figures.
        tolls: Vec<Toll>,
        /// The stories that tell of it.
        stories: Vec<Story>,
        /// Why its claims are held to tell of one happening.
        links: Vec<Link>,
    }
}

row! {
    /// A claim with what was decided about it.
    ClaimWhole {
        /// The claim.
        claim: Claim,
        /// The last verdict on it; a verdict posted with it is refused if there is a later one.
        version: i64,
        /// What was decided about it.
        verdicts: Vec<Verdict>,
    }
}
