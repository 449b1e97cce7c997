package app.headlight.browser;

import java.nio.file.Path;

/** A page that has been used, beside its own address opened anew. */
record Compared(Look used, Look fresh) {

    /** The share of pixels that may differ: less than a letter. */
    private static final double TOLERATED = 0.0005;

    boolean areAlike() {
        return used.difference(fresh) < TOLERATED
                && used.address().equals(fresh.address())
                && used.title().equals(fresh.title());
    }

    /** What differs, in words, with pictures of it in a folder. */
    String inWords(Path folder, String name) {
        used.write(fresh, folder, name);
        return String.format(
                "%.4f of the pixels differ, see %s; address %s, anew %s; title “%s”, anew “%s”; pointed at %s, anew at %s",
                used.difference(fresh),
                folder.resolve(name),
                used.address(),
                fresh.address(),
                used.title(),
                fresh.title(),
                used.pointedAt(),
                fresh.pointedAt());
    }
}
