package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.claims.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A query for findings; null means any.
 *
 * @param head of a finding about it, or about a pair with it
 * @param author an account's id
 * @param tag one of the tags
 * @param words each must occur in title, text or tags, also as a part of a word
 * @param verdict on a claim of it; {@link Verdict#HOLDS}: on all of its claims, at least one
 * @param page counted from 0
 * @param size of a page, from 1 to 200
 */
public record FindingQuery(
        @Nullable String model,
        @Nullable HeadId head,
        @Nullable String kind,
        @Nullable Long author,
        @Nullable String tag,
        @Nullable String words,
        @Nullable Verdict verdict,
        Order order,
        int page,
        int size) {

    /** The orders of the results. */
    public enum Order {
        /** Last edited. */
        NEWEST,
        MOST_CONFIRMED,
        MOST_DISPUTED
    }

    private static final int LARGEST = 200;

    /** @throws Refusal if there is no such page */
    public FindingQuery {
        if (page < 0 || size < 1 || size > LARGEST) {
            throw new Refusal("page " + page + " of " + size + " findings was asked for; pages count"
                    + " from 0, and hold from 1 to " + LARGEST);
        }
    }

    /** All findings, the newest first. */
    public static FindingQuery all(int size) {
        return new FindingQuery(null, null, null, null, null, null, null, Order.NEWEST, 0, size);
    }

    /** A model's findings, the newest first. */
    public static FindingQuery of(String model, int size) {
        return new FindingQuery(model, null, null, null, null, null, null, Order.NEWEST, 0, size);
    }

    public FindingQuery withHead(HeadId wanted) {
        return new FindingQuery(model, wanted, kind, author, tag, words, verdict, order, page, size);
    }

    public FindingQuery withKind(String wanted) {
        return new FindingQuery(model, head, wanted, author, tag, words, verdict, order, page, size);
    }

    public FindingQuery withAuthor(long wanted) {
        return new FindingQuery(model, head, kind, wanted, tag, words, verdict, order, page, size);
    }

    public FindingQuery withTag(String wanted) {
        return new FindingQuery(model, head, kind, author, wanted, words, verdict, order, page, size);
    }

    public FindingQuery withWords(String wanted) {
        return new FindingQuery(model, head, kind, author, tag, wanted, verdict, order, page, size);
    }

    public FindingQuery withVerdict(Verdict wanted) {
        return new FindingQuery(model, head, kind, author, tag, words, wanted, order, page, size);
    }

    public FindingQuery withOrder(Order wanted) {
        return new FindingQuery(model, head, kind, author, tag, words, verdict, wanted, page, size);
    }

    public FindingQuery withPage(int wanted) {
        return new FindingQuery(model, head, kind, author, tag, words, verdict, order, wanted, size);
    }
}
