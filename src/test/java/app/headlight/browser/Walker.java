package app.headlight.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Takes steps at random, as people take them, and notes each so that a person can take it again. */
final class Walker {

    /** Words and numbers of controls that are pressed only where they act on what the walk has made. */
    private static final String RISKY =
            "delete|revoke|remove|sign out|end all|stop|make a link|anybody may join|change the password|import";

    /** In the names of all that the walk has made. */
    static final String OURS = "Walk";

    /**
     * What is left alone: fields of passwords, files, links that leave the server or open a window or a file; notices, which
     * stand there again after a fresh load; what the page of REST unfolds, which is another's program; the choices of a
     * recipe, which no draft keeps; and the button that begins a training, which would change all pages for a minute.
     */
    private static final String LEFT = String.join(
            ", ",
            "[type=password]",
            "[type=file]",
            "vaadin-password-field",
            "vaadin-upload",
            "[target=_blank]",
            "a[download]",
            "a[href^='http']:not([href*='localhost'])",
            "a[href*='/api/v']",
            "a[href*='VAADIN/dynamic']",
            ".hl-notice",
            "#swagger-ui",
            "#recipe vaadin-select",
            "#recipe vaadin-details-summary",
            "#start",
            "#open-registration",
            "#people vaadin-select");

    private static final List<String> TYPED = List.of(
            "Mary",
            "The cat sat on the mat, and the cat",
            "a",
            "pc2",
            "König",
            "Mary − John",
            "zzz",
            "17",
            "When Tom and Lily went");

    private record Key(String name, int code, int held) {}

    private static final List<Key> KEYS = List.of(
            new Key("ArrowUp", 38, 0),
            new Key("ArrowDown", 40, 0),
            new Key("ArrowLeft", 37, 0),
            new Key("ArrowRight", 39, 0),
            new Key("ArrowRight", 39, 0),
            new Key("Enter", 13, 0),
            new Key("Space", 32, 0),
            new Key("Escape", 27, 0),
            new Key("Tab", 9, 0),
            new Key("Tab", 9, 0),
            new Key("Tab", 9, 8),
            new Key("Home", 36, 0),
            new Key("End", 35, 0));

    private final ExplorePage page;
    private final Windows windows;
    private final Random random;
    private final Supplier<List<String>> addresses;
    private final List<String> taken = new ArrayList<>();

    /** @param addresses of pages, relative to the server's root, to which the walk goes now and then */
    Walker(ExplorePage page, Windows windows, Random random, Supplier<List<String>> addresses) {
        this.page = page;
        this.windows = windows;
        this.random = random;
        this.addresses = addresses;
    }

    /** The steps up to now, one a line. */
    List<String> taken() {
        return taken;
    }

    void goSomewhere() {
        List<String> all = addresses.get();
        go(all.get(random.nextInt(all.size())));
    }

    void go(String address) {
        note("go to " + address);
        page.driver().get(page.root() + address);
        windows.settle();
    }

    void step() {
        if (!page.address().startsWith(page.root())) {
            goSomewhere();
            return;
        }
        int dice = random.nextInt(100);
        if (dice < 62) {
            click();
        } else if (dice < 72) {
            keys();
        } else if (dice < 77) {
            type();
        } else if (dice < 84) {
            note("Back");
            page.driver().navigate().back();
        } else if (dice < 87) {
            note("Forward");
            page.driver().navigate().forward();
        } else if (dice < 90) {
            reload();
        } else if (dice < 93) {
            windows.useOther();
            note("the other window");
            if (!page.address().startsWith(page.root())) {
                goSomewhere();
            } else {
                reload(); // the first may have changed what is stored
            }
        } else {
            goSomewhere();
        }
        windows.closeOthers();
        windows.settle();
    }

    private void reload() {
        note("reload");
        page.driver().navigate().refresh();
    }

    private void click() {
        Map<?, ?> place = choose("any");
        if (place == null) {
            goSomewhere();
            return;
        }
        boolean withControl = random.nextInt(12) == 0 && page.address().contains("explore");
        note((withControl ? "Ctrl+click " : "click ") + place.get("what"));
        windows.click(number(place, "x"), number(place, "y"), withControl);
    }

    private void keys() {
        Key key = KEYS.get(random.nextInt(KEYS.size()));
        int times = 1 + random.nextInt(3);
        note("press " + (key.held == 8 ? "Shift+" : "") + key.name + (times > 1 ? " " + times + " times" : ""));
        for (int i = 0; i < times; i++) {
            windows.press(key.name, key.code, key.held);
        }
    }

    private void type() {
        Map<?, ?> field = choose("field");
        if (field == null) {
            keys();
            return;
        }
        String text = TYPED.get(random.nextInt(TYPED.size()));
        boolean enter = random.nextInt(4) > 0;
        note("type “" + text + "” into " + field.get("what") + (enter ? " and press Enter" : ""));
        windows.click(number(field, "x"), number(field, "y"), false);
        windows.settle();
        windows.type(text);
        if (enter) {
            windows.press("Enter", 13, 0);
        }
    }

    private Map<?, ?> choose(String what) {
        List<Double> chances = List.of(random.nextDouble(), random.nextDouble(), random.nextDouble());
        return (Map<?, ?>) page.driver()
                .executeScript(
                        "return window.walk ? walk.choose(...arguments) : null", what, chances, LEFT, RISKY, OURS);
    }

    private static int number(Map<?, ?> place, String name) {
        return ((Number) place.get(name)).intValue();
    }

    private void note(String step) {
        taken.add(taken.size() + 1 + ". " + step + "   at " + page.address().replace(page.root(), ""));
    }
}
