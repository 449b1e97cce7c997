package app.headlight.services.lessons.language;

import java.util.Locale;

/** What a number of a lesson is, and so how it is written for people. */
public enum Unit {
    /** From 0 to 1, written in percent. */
    SHARE {
        @Override
        public String write(double value) {
            double percent = 100 * value;
            if (value > 0 && percent < 0.5) {
                return "under 1 %";
            }
            return value < 1 && percent > 99.5 ? "over 99 %" : fixed(percent, 0) + " %";
        }
    },
    /** A score without a unit. */
    SCORE {
        @Override
        public String write(double value) {
            return fixed(value, 2);
        }
    },
    /** A loss, or the difference of two. */
    NATS {
        @Override
        public String write(double value) {
            return fixed(value, 2) + " nats";
        }
    },
    /** A change of a logit, with its sign. */
    LOGIT {
        @Override
        public String write(double value) {
            String text = fixed(value, 1);
            return value > 0 && !text.equals("0.0") ? "+" + text : text;
        }
    },
    /** How many. */
    COUNT {
        @Override
        public String write(double value) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
    };

    /** A value of it, for people. */
    public abstract String write(double value);

    private static String fixed(double value, int decimals) {
        String size = String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(value));
        return value < 0 && !size.matches("[0.]*") ? "−" + size : size;
    }
}
