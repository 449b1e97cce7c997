package app.headlight.services.findings;

import java.util.List;

/**
 * The result of an import.
 *
 * @param added how many findings are new
 * @param updated findings that got a later text from the file
 * @param unchanged findings that were the same here, or later than in the file
 * @param comments how many comments are new
 * @param claims how many claims are new; they are measured here, whatever the file says of them
 * @param refused a sentence for each change that the importer may not make
 */
public record ImportReport(int added, int updated, int unchanged, int comments, int claims, List<String> refused) {

    public ImportReport {
        refused = List.copyOf(refused);
    }
}
