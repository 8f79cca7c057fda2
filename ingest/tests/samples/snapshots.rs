//! Every sample, with its events beside it.

use nwlog_corpora::samples;

use crate::print::print;
use crate::read;

#[test]
fn samples_give_their_events() {
    let samples = samples::all().unwrap_or_else(|error| panic!("{error}"));
    assert!(!samples.is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for sample in samples {
        let events = print(&read::sample(&sample));
        let name = format!("{}-{}", sample.family.name(), sample.name);
        settings.bind(|| insta::assert_snapshot!(name, events));
    }
}
