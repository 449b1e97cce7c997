package app.headlight.services.claims;

/** How a claim sets its measure against its bound. */
public enum Comparison {
    AT_LEAST("≥", ">="),
    AT_MOST("≤", "<=");

    private final String sign;
    private final String typed;

    Comparison(String sign, String typed) {
        this.sign = sign;
        this.typed = typed;
    }

    public String sign() {
        return sign;
    }

    static Comparison of(String sign) {
        for (Comparison each : values()) {
            if (sign.equals(each.sign) || sign.equals(each.typed)) {
                return each;
            }
        }
        throw new IllegalArgumentException(sign);
    }
}
