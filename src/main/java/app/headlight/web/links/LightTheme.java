package app.headlight.web.links;

import java.awt.Color;

/** Colours of the light theme, for a picture that no browser draws; the names are those of the theme's variables. */
final class LightTheme {

    static final Color PAGE = new Color(0xf7f7f8);
    static final Color SURFACE = new Color(0xffffff);
    static final Color BORDER = new Color(0xe3e3e8);
    static final Color TEXT = new Color(0x1b1b21);
    static final Color MUTED = new Color(0x62626f);
    static final Color ACCENT = new Color(0x5b4bd5);
    static final Color ACCENT_SOFT = new Color(0xece9fc);
    static final Color MAGNITUDE_LOW = new Color(0xffffff);
    static final Color MAGNITUDE_HIGH = new Color(0x4a37c8);

    private static final Color[] SERIES = {
        ACCENT,
        new Color(0xd55e00),
        new Color(0x009e73),
        new Color(0xcc79a7),
        new Color(0x0072b2),
        new Color(0xb8860b),
        new Color(0x56b4e9),
        new Color(0x666666)
    };

    private LightTheme() {}

    /** Of heads laid over each other, the first being 0. */
    static Color series(int index) {
        return SERIES[index % SERIES.length];
    }

    /** @param share from 0 (the surface) to 1 */
    static Color magnitude(double share) {
        return mixed(MAGNITUDE_LOW, MAGNITUDE_HIGH, share);
    }

    static Color mixed(Color low, Color high, double share) {
        double part = Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1);
        return new Color(
                (int) Math.round(low.getRed() + part * (high.getRed() - low.getRed())),
                (int) Math.round(low.getGreen() + part * (high.getGreen() - low.getGreen())),
                (int) Math.round(low.getBlue() + part * (high.getBlue() - low.getBlue())));
    }
}
