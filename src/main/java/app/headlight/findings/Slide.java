package app.headlight.findings;

/** A finding in its place in a collection, with the presenter's notes: Markdown of at most 10,000 characters. */
public record Slide(Finding finding, String notes) {}
