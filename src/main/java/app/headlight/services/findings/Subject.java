package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import java.util.Arrays;
import java.util.List;

/**
 * The subject of a finding: what it is about.
 *
 * @param model by name, or a run of another model by its address, {@code runs/CODE}; it need not be stored (any more)
 * @param which of the model: {@code L1H3} for a head, {@code L0H0-L1H3} for a pair (the earlier head first), the token's
 *     id for a token, nothing for the model as a whole
 */
public record Subject(String model, Sort sort, String which) {

    /** The kinds of subjects. */
    public enum Sort {
        HEAD,
        PAIR,
        TOKEN,
        MODEL
    }

    /** @throws Refusal if {@code which} does not name one */
    public Subject {
        model = Limits.filled("the model's name", model, 100);
        which = switch (sort) {
            case HEAD -> HeadId.parse(which).toString();
            case PAIR -> pair(which);
            case TOKEN -> token(which);
            case MODEL -> nothing(which);
        };
    }

    public static Subject ofHead(String model, HeadId head) {
        return new Subject(model, Sort.HEAD, head.toString());
    }

    public static Subject ofPair(String model, HeadId one, HeadId other) {
        return new Subject(model, Sort.PAIR, one + "-" + other);
    }

    /** @param token its id */
    public static Subject ofToken(String model, int token) {
        return new Subject(model, Sort.TOKEN, String.valueOf(token));
    }

    public static Subject ofModel(String model) {
        return new Subject(model, Sort.MODEL, "");
    }

    /** The heads that it is about: one, two or none. */
    public List<HeadId> heads() {
        return switch (sort) {
            case HEAD, PAIR ->
                Arrays.stream(which.split("-")).map(HeadId::parse).toList();
            case TOKEN, MODEL -> List.of();
        };
    }

    private static String pair(String which) {
        String[] names = which.split("-", -1);
        if (names.length != 2) {
            throw new Refusal("“" + which + "” is not a pair of heads; expected one like L0H0-L1H3");
        }
        HeadId one = HeadId.parse(names[0]);
        HeadId other = HeadId.parse(names[1]);
        return one.compareTo(other) <= 0 ? one + "-" + other : other + "-" + one;
    }

    private static String token(String which) {
        if (!which.matches("\\d{1,9}")) {
            throw new Refusal("“" + which + "” is not a token id; expected a whole number from 0");
        }
        return String.valueOf(Integer.parseInt(which));
    }

    private static String nothing(String which) {
        if (!which.isEmpty()) {
            throw new Refusal("a finding about the whole model names no part of it, yet it names “" + which + "”");
        }
        return which;
    }
}
