package app.headlight.web;

import app.headlight.web.view.ViewState;
import app.headlight.web.view.ViewStateCodec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/** Makes addresses of Explore for links from other pages. */
public final class ExploreAddress {

    private ExploreAddress() {}

    /** The whole view. */
    public static String of(ViewState state) {
        StringJoiner parameters = new StringJoiner("&", "explore?", "");
        ViewStateCodec.encode(state).forEach((key, value) -> parameters.add(key + "=" + escaped(value)));
        return parameters.toString();
    }

    /** @param step of the model's training; −1: the finished model */
    public static String of(String model, long step) {
        return "explore?model=" + escaped(model) + (step < 0 ? "" : "&step=" + step);
    }

    /** The same, with a sentence. */
    public static String of(String model, long step, String sentence) {
        return of(model, step) + "&text=" + escaped(sentence);
    }

    /** The virtual head of some heads, the earliest first, each written like L0H1. */
    public static String ofVirtual(String model, long step, List<String> heads) {
        return of(model, step) + "&heads=" + escaped(heads.getLast()) + "&virtual=" + String.join("-", heads);
    }

    /**
     * The part of a head's scores that comes from one writer.
     *
     * @param head whose scores
     * @param side {@code query} or {@code key}
     * @param writer as {@code embed} or {@code L0H0}
     */
    public static String ofScores(String model, long step, String head, String side, String writer) {
        return of(model, step) + "&heads=" + escaped(head) + "&tab=qk&term=scores&" + side + "=" + escaped(writer);
    }

    /** Percent-encoded, a space as %20, so that an address can be pasted anywhere. */
    public static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
