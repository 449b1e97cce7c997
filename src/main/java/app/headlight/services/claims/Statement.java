package app.headlight.services.claims;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.measures.Measure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a claim says: {@code score(L1H3, induction) ≥ 0.8}.
 *
 * @param bound finite
 */
public record Statement(Measure measure, Comparison comparison, double bound) {

    private static final Pattern FORM =
            Pattern.compile("(.*\\))\\s*(>=|≥|<=|≤)\\s*([-+−]?\\d{1,9}(?:\\.\\d{1,15})?(?:[eE][-+]?\\d{1,2})?)\\s*");

    private static final int SHOWN = 60;

    /** A bound that is suggested lies so far from the number that was seen. */
    private static final double ROOM = 0.9;

    /** Below it a number is next to nothing. */
    private static final double NOTHING = 1e-3;

    /** @throws Refusal if the bound is not finite */
    public Statement {
        if (!Double.isFinite(bound)) {
            throw Refusal.of("the bound", bound, "a finite number");
        }
    }

    /**
     * Reads a statement; the signs may be typed as {@code >=} and {@code <=}.
     *
     * @throws Refusal naming what cannot be read and what would be right
     */
    public static Statement parse(String text) {
        String line = text.strip().replace('\n', ' ');
        Matcher form = FORM.matcher(line);
        if (!form.matches()) {
            String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
            throw new Refusal("“" + shown + "” is no claim; expected a measure, ≥ or ≤, and a number, such as"
                    + " score(L1H3, induction) ≥ 0.8");
        }
        return new Statement(
                Measure.parse(form.group(1)),
                Comparison.of(form.group(2)),
                Double.parseDouble(form.group(3).replace('−', '-')));
    }

    /** One statement a line; empty lines are passed over. */
    public static List<Statement> lines(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(Statement::parse)
                .toList();
    }

    /**
     * A statement that a number seen once suggests, with a tenth of room: at least 0.8 for 0.92, at most −0.8 for −0.92.
     * Of a number that is next to nothing it says so: at most 0.01. The bound is round.
     *
     * @param seen finite
     */
    public static Statement suggested(Measure measure, double seen) {
        if (Math.abs(seen) < NOTHING) {
            return new Statement(measure, Comparison.AT_MOST, 10 * NOTHING);
        }
        double size = ROOM * Math.abs(seen);
        BigDecimal step = BigDecimal.ONE
                .scaleByPowerOfTen((int) Math.floor(Math.log10(size)))
                .multiply(new BigDecimal("0.5"));
        double bound = new BigDecimal(size, MathContext.DECIMAL64)
                .divide(step, 0, RoundingMode.DOWN)
                .multiply(step)
                .doubleValue();
        return seen > 0
                ? new Statement(measure, Comparison.AT_LEAST, bound)
                : new Statement(measure, Comparison.AT_MOST, -bound);
    }

    /** The bound as people write it, without needless digits. */
    public String boundInWords() {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return measure + " " + comparison.sign() + " " + boundInWords();
    }
}
