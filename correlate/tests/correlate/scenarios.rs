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

/// What only a name or the time joins stands in the stories, and not where that is not wanted.
#[test]
fn strict_leaves_out_weak_joins() {
    let weak = |strict: bool| -> Vec<String> {
        let config = || nwlog_correlate::Config { strict, ..story::batch() };
        let stories = nwlog_corpora::scenario::all().unwrap_or_else(|error| panic!("{error}"));
        let read = |export: &[u8]| story::incidents(story::steps(export, 4 << 20, true), config());
        let incidents = stories.into_iter().flat_map(|(_, story)| read(&story.export()));
        let items = incidents.flat_map(|incident| incident.timeline);
        items.filter(|item| !item.link.is_strong()).map(|item| item.text.to_string()).collect()
    };
    assert!(weak(false).len() >= 40, "{}", weak(false).len());
    assert_eq!(weak(true), Vec::<String>::new());
}
