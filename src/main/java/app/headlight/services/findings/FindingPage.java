package app.headlight.services.findings;

import java.util.List;

/** One page of findings, and how many findings there are on all pages. */
public record FindingPage(List<Finding> findings, long total) {}
