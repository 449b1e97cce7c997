package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The place of a head in its model, written {@code L1H2}: layer and head, both counted from 0. */
public record HeadId(int layer, int head) implements Comparable<HeadId> {

    private static final Pattern NAME = Pattern.compile("L(\\d{1,4})H(\\d{1,4})");

    /** @throws Refusal if one of them is negative */
    public HeadId {
        if (layer < 0 || head < 0) {
            throw new Refusal("layer " + layer + ", head " + head + " is not a head; both are counted from 0");
        }
    }

    /** @throws Refusal if the name is not of the form L1H2 */
    public static HeadId parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new Refusal("“" + name + "” is not the name of a head; expected one like L1H2");
        }
        return new HeadId(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** @throws Refusal if a model of this configuration has no such head */
    void check(Config config) {
        if (layer >= config.nLayers() || head >= config.nHeads()) {
            throw new Refusal("there is no head " + this + " in a model of " + config.nLayers() + " layers with "
                    + config.nHeads() + " heads each");
        }
    }

    @Override
    public int compareTo(HeadId other) {
        return layer != other.layer ? Integer.compare(layer, other.layer) : Integer.compare(head, other.head);
    }

    @Override
    public String toString() {
        return "L" + layer + "H" + head;
    }
}
