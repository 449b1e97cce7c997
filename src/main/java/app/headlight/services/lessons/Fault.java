package app.headlight.services.lessons;

/**
 * What is wrong in a lesson.
 *
 * @param file that it stands in
 * @param line of the file, from 1
 * @param words what is wrong, and what would be right
 */
public record Fault(String file, int line, String words) {

    /** For people and for the log: {@code induction-heads.md, line 12: …}. */
    @Override
    public String toString() {
        return file + ", line " + line + ": " + words;
    }
}
