package app.headlight.engine.circuits;

import java.util.List;

/**
 * What several numbers are.
 *
 * @param mean NaN where there are none
 * @param deviation the standard deviation of one of them; NaN where there are fewer than two
 */
public record Spread(double mean, double deviation) {

    /** Of some numbers. */
    public static Spread of(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return new Spread(mean, values.size() < 2 ? Double.NaN : Math.sqrt(squares / (values.size() - 1)));
    }
}
