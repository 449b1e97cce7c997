package app.headlight.ground.addresses;

import app.headlight.engine.refusal.Refusal;
import java.util.regex.Pattern;

/** Checks addresses of Headlight's own pages, relative to its root: {@code explore?model=storybook-2l&head=L1H3}. */
public final class ViewAddress {

    /** In characters. */
    private static final int LONGEST = 8_000;

    private static final String PAGES = "explore|circuits|models|findings|collections|learn|train|embed|live";
    private static final Pattern OWN = Pattern.compile("(?:" + PAGES + ")"
            + "(?:/(?!\\.{1,2}(?:[/?#]|$))[A-Za-z0-9._~-]+){0,8}"
            + "(?:\\?[A-Za-z0-9._~%!$'()*+,;:@/?&=-]*)?"
            + "(?:#[A-Za-z0-9._~%!$'()*+,;:@/?&=-]*)?");

    private ViewAddress() {}

    /** Whether it is the address of a page of Headlight, at most {@value #LONGEST} characters long. */
    public static boolean isOwn(String address) {
        return address.length() <= LONGEST
                && !address.contains("//")
                && OWN.matcher(address).matches();
    }

    /**
     * @return the address without a slash at its beginning
     * @throws Refusal if it is not one of Headlight's, or too long
     */
    public static String check(String address) {
        if (address.length() > LONGEST) {
            throw new Refusal("the address has " + address.length() + " characters; at most " + LONGEST + " are kept");
        }
        String relative = address.startsWith("/") ? address.substring(1) : address;
        if (!isOwn(relative)) {
            throw new Refusal("the address must be one of this program's own pages, such as"
                    + " explore?model=storybook-2l, with everything else in it percent-encoded");
        }
        return relative;
    }

    /** Whether it is the address of an embedded picture of Headlight. */
    public static boolean isPicture(String address) {
        return isOwn(address) && address.startsWith("embed?");
    }
}
