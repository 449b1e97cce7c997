package app.headlight.web.explore;

/** Long things in messages. */
final class Shorten {

    private Shorten() {}

    static String to(int length, String text) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
