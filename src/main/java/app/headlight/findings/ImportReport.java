package app.headlight.findings;

import java.util.List;

/**
 * What became of a file that was imported.
 *
 * @param added findings that were not here
 * @param updated findings of which the file had a later text
 * @param unchanged findings that were here as they are in the file, or later than there
 * @param comments that were not here
 * @param refused what the file would have changed, but the importer may not: a sentence each
 */
public record ImportReport(int added, int updated, int unchanged, int comments, List<String> refused) {

    public ImportReport {
        refused = List.copyOf(refused);
    }
}
