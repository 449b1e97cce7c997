package app.headlight.findings;

import java.util.List;

/** A page of findings, and how many there are on all pages. */
public record FindingPage(List<Finding> findings, long total) {}
