package app.headlight.web.findings;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What changed from one text to another, line by line, in as few changes as there can be. */
final class LineDiff {

    /** Above so many pairs of lines, what lies between equal beginnings and ends counts as replaced. */
    private static final long MOST_PAIRS = 4_000_000;

    private LineDiff() {}

    enum Sort {
        SAME,
        REMOVED,
        ADDED
    }

    record Line(Sort sort, String text) {}

    static List<Line> of(String before, String after) {
        List<String> a = List.of(before.split("\n", -1));
        List<String> b = List.of(after.split("\n", -1));
        int start = 0;
        while (start < Math.min(a.size(), b.size()) && a.get(start).equals(b.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(a.size(), b.size()) - start
                && a.get(a.size() - 1 - end).equals(b.get(b.size() - 1 - end))) {
            end++;
        }
        BitSet removed = new BitSet();
        BitSet added = new BitSet();
        if ((long) (a.size() - end - start) * (b.size() - end - start) > MOST_PAIRS) {
            removed.set(start, a.size() - end);
            added.set(start, b.size() - end);
        } else {
            for (AbstractDelta<String> change :
                    DiffUtils.diff(a, b, new MyersDiffWithLinearSpace<>()).getDeltas()) {
                mark(removed, change.getSource());
                mark(added, change.getTarget());
            }
        }
        return inOrder(a, removed, b, added);
    }

    private static void mark(BitSet lines, Chunk<String> chunk) {
        lines.set(chunk.getPosition(), chunk.getPosition() + chunk.size());
    }

    /** What was taken out before what stands in its place. */
    private static List<Line> inOrder(List<String> a, BitSet removed, List<String> b, BitSet added) {
        List<Line> lines = new ArrayList<>();
        int j = 0;
        for (int i = 0; i < a.size() || j < b.size(); ) {
            if (removed.get(i)) {
                lines.add(new Line(Sort.REMOVED, a.get(i++)));
            } else if (added.get(j)) {
                lines.add(new Line(Sort.ADDED, b.get(j++)));
            } else {
                lines.add(new Line(Sort.SAME, a.get(i++)));
                j++;
            }
        }
        return List.copyOf(lines);
    }
}
