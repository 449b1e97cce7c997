package app.headlight.services.findings;

import app.headlight.ground.people.Account;
import app.headlight.services.claims.Standing;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A finding in its present version.
 *
 * @param uuid the same on every server that it is exported to
 * @param author who wrote the first version
 * @param coauthors the other authors, whom the author named; in the order of their names. They may edit it too
 * @param createdAt when its first version was written
 * @param editedAt when this version was written
 * @param version counted from 1
 * @param weights those that this version was written about
 * @param confirmations how many confirm it
 * @param disputes how many dispute it
 * @param comments how many there are
 * @param claims how they stand on the weights that the model has now
 */
public record Finding(
        long id,
        UUID uuid,
        Content content,
        Author author,
        List<Author> coauthors,
        OffsetDateTime createdAt,
        OffsetDateTime editedAt,
        int version,
        Weights weights,
        int confirmations,
        int disputes,
        int comments,
        Standing claims) {

    public Finding {
        coauthors = List.copyOf(coauthors);
    }

    /** The author, then the coauthors. */
    public List<Author> authors() {
        return Stream.concat(Stream.of(author), coauthors.stream()).toList();
    }

    /** Whether an account is among the authors. */
    public boolean isBy(long account) {
        return authors().stream().anyMatch(each -> each.account() != null && each.account() == account);
    }

    /** Whether someone may edit it: an author or an admin. */
    public boolean mayBeEditedBy(Account editor) {
        return editor.isAdmin() || isBy(editor.id());
    }

    /** The authors as a phrase: {@code Ada with Bob and Eve}. */
    public String by() {
        List<String> others = coauthors.stream().map(Author::name).toList();
        return switch (others.size()) {
            case 0 -> author.name();
            case 1 -> author.name() + " with " + others.getFirst();
            default ->
                author.name() + " with " + String.join(", ", others.subList(0, others.size() - 1)) + " and "
                        + others.getLast();
        };
    }
}
