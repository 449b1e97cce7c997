package app.headlight.services.findings;

/** A slide of a collection: a finding with the presenter's notes, Markdown of at most 10,000 characters. */
public record Slide(Finding finding, String notes) {}
