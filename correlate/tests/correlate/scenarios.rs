//! Every story, with its incidents beside it.

use crate::story;

#[test]
fn stories_give_their_incidents() {
    let stories = nwlog_corpora::scenario::all().unwrap_or_else(|error| panic!("{error}"));
    assert!(!stories.is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(nwlog_corpora::root().join("scenarios"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, story) in stories {
        let incidents = story::incidents(story::steps(&story.export(), 4 << 20, true), story::batch());
        let told: String = incidents.iter().map(story::print).collect();
        settings.set_description(story.about);
        settings.bind(|| insta::assert_snapshot!(name, told));
    }
}
