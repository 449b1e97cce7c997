package app.headlight.services.findings;

import app.headlight.services.claims.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes findings as Markdown and as CSV. */
final class FindingsText {

    /** Without it Excel takes the file for one of its own old encoding. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private static final List<String> COLUMNS = List.of(
            "uuid",
            "model",
            "sort",
            "which",
            "title",
            "kind",
            "confidence",
            "tags",
            "author",
            "created_at",
            "edited_at",
            "version",
            "confirmations",
            "disputes",
            "comments",
            "model_hash",
            "weights",
            "claims",
            "view",
            "markdown");

    private FindingsText() {}

    /** @param claims by finding; @param notes of each finding, or none at all */
    static String markdown(String title, List<Finding> findings, Map<Long, List<Claim>> claims, List<String> notes) {
        StringBuilder text = new StringBuilder("# " + escaped(title) + "\n");
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            Content content = finding.content();
            text.append("\n## ").append(escaped(content.title())).append("\n\n");
            text.append("- About: ").append(escaped(about(content.subject()))).append('\n');
            if (!content.kind().isEmpty()) {
                text.append("- Kind: ").append(escaped(content.kind())).append('\n');
            }
            if (!content.tags().isEmpty()) {
                text.append("- Tags: ")
                        .append(escaped(String.join(", ", content.tags())))
                        .append('\n');
            }
            text.append("- Confidence: ").append(content.confidence()).append(" %; confirmed by ");
            text.append(finding.confirmations())
                    .append(", disputed by ")
                    .append(finding.disputes())
                    .append('\n');
            text.append("- By ").append(escaped(finding.by())).append(", version ");
            text.append(finding.version())
                    .append(" of ")
                    .append(finding.editedAt().toLocalDate())
                    .append('\n');
            String weights = finding.weights().inWords();
            if (!weights.isEmpty()) {
                text.append("- ").append(escaped(weights)).append('\n');
            }
            for (Claim claim : claims.getOrDefault(finding.id(), List.of())) {
                text.append("- Claim: ").append(escaped(claim.inWords())).append('\n');
            }
            text.append("- View: <").append(content.view()).append(">\n\n");
            text.append(content.markdown()).append('\n');
            if (i < notes.size() && !notes.get(i).isBlank()) {
                text.append("\n### Notes\n\n").append(notes.get(i)).append('\n');
            }
        }
        return text.toString();
    }

    /** As the pictures' tables are saved: see {@code frontend/shared/csv.ts}. */
    static String csv(List<Finding> findings, Map<Long, List<Claim>> claims) {
        StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);
        try (CSVPrinter rows = new CSVPrinter(text, CSVFormat.RFC4180)) {
            rows.printRecord(COLUMNS);
            for (Finding finding : findings) {
                rows.printRecord(cells(finding, claims.getOrDefault(finding.id(), List.of())).stream()
                        .map(FindingsText::noFormula));
            }
        } catch (IOException never) {
            throw new UncheckedIOException(never); // a builder takes everything
        }
        return text.toString();
    }

    /** In words: {@code head L1H3 of toy}. */
    private static String about(Subject subject) {
        return switch (subject.sort()) {
            case HEAD -> "head " + subject.which() + " of " + subject.model();
            case PAIR -> "heads " + subject.which() + " of " + subject.model();
            case TOKEN -> "token " + subject.which() + " of " + subject.model();
            case MODEL -> subject.model();
        };
    }

    private static List<String> cells(Finding finding, List<Claim> claims) {
        Content content = finding.content();
        return List.of(
                finding.uuid().toString(),
                content.subject().model(),
                content.subject().sort().name(),
                content.subject().which(),
                content.title(),
                content.kind(),
                String.valueOf(content.confidence()),
                String.join(", ", content.tags()),
                finding.by(),
                finding.createdAt().toString(),
                finding.editedAt().toString(),
                String.valueOf(finding.version()),
                String.valueOf(finding.confirmations()),
                String.valueOf(finding.disputes()),
                String.valueOf(finding.comments()),
                Objects.requireNonNullElse(finding.weights().hash(), ""),
                finding.weights().now().name().toLowerCase(Locale.ROOT),
                String.join("; ", claims.stream().map(Claim::inWords).toList()),
                content.view(),
                content.markdown());
    }

    /** A spreadsheet takes what begins with one of these for a formula; an apostrophe before it keeps it a text. */
    private static String noFormula(String value) {
        return !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private static String escaped(String line) {
        return line.replaceAll("[\\\\`*_{}\\[\\]<>()#+!|~&-]", "\\\\$0");
    }
}
