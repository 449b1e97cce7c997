package app.headlight.web.findings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What changed from one text to another, line by line: the longest common subsequence of lines stays. */
final class LineDiff {

    /** Above so many pairs of lines, what lies between equal beginnings and ends counts as replaced. */
    private static final long MOST_CELLS = 4_000_000;

    private LineDiff() {}

    enum Sort {
        SAME,
        REMOVED,
        ADDED
    }

    record Line(Sort sort, String text) {}

    static List<Line> of(String before, String after) {
        String[] a = before.split("\n", -1);
        String[] b = after.split("\n", -1);
        int start = 0;
        while (start < a.length && start < b.length && a[start].equals(b[start])) {
            start++;
        }
        int endA = a.length;
        int endB = b.length;
        while (endA > start && endB > start && a[endA - 1].equals(b[endB - 1])) {
            endA--;
            endB--;
        }
        List<Line> lines = new ArrayList<>();
        add(lines, Sort.SAME, a, 0, start);
        if ((long) (endA - start) * (endB - start) > MOST_CELLS) {
            add(lines, Sort.REMOVED, a, start, endA);
            add(lines, Sort.ADDED, b, start, endB);
        } else {
            lines.addAll(between(a, b, start, endA, endB));
        }
        add(lines, Sort.SAME, a, endA, a.length);
        return lines;
    }

    private static List<Line> between(String[] a, String[] b, int start, int endA, int endB) {
        int rows = endA - start;
        int columns = endB - start;
        // common[i][j]: the longest common subsequence of what follows line i of the one and line j of the other.
        int[][] common = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                common[i][j] = a[start + i].equals(b[start + j])
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            if (i < rows && j < columns && a[start + i].equals(b[start + j])) {
                lines.add(new Line(Sort.SAME, a[start + i++]));
                j++;
            } else if (j == columns || (i < rows && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line(Sort.REMOVED, a[start + i++]));
            } else {
                lines.add(new Line(Sort.ADDED, b[start + j++]));
            }
        }
        return Collections.unmodifiableList(lines);
    }

    private static void add(List<Line> lines, Sort sort, String[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            lines.add(new Line(sort, text[i]));
        }
    }
}
