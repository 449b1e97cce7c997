package app.headlight.web.explore.shown;

/** Long things in messages. */
public final class Shorten {

    private Shorten() {}

    public static String to(int length, String text) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
