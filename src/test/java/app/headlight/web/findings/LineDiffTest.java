package app.headlight.web.findings;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.web.findings.LineDiff.Line;
import app.headlight.web.findings.LineDiff.Sort;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void whatWasTakenOutComesBeforeWhatStandsInItsPlace() {
        assertThat(LineDiff.of("a\nb\nc", "a\nx\nc\nd"))
                .containsExactly(
                        new Line(Sort.SAME, "a"),
                        new Line(Sort.REMOVED, "b"),
                        new Line(Sort.ADDED, "x"),
                        new Line(Sort.SAME, "c"),
                        new Line(Sort.ADDED, "d"));
    }

    @Test
    void bothTextsCanBeReadOffAgain() {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            String before = text(random);
            String after = text(random);
            List<Line> lines = LineDiff.of(before, after);
            assertThat(without(lines, Sort.ADDED)).isEqualTo(before);
            assertThat(without(lines, Sort.REMOVED)).isEqualTo(after);
        }
    }

    @Test
    void ofEqualTextsNothingIsMarked() {
        assertThat(LineDiff.of("a\n\nb", "a\n\nb")).extracting(Line::sort).containsOnly(Sort.SAME);
    }

    @Test
    void ofTwoLargestTextsThatHaveNothingInCommonOneReplacesTheOther() {
        String one = "a\n".repeat(25_000);
        String other = "b\n".repeat(25_000);
        List<Line> lines = LineDiff.of(one, other);
        assertThat(without(lines, Sort.ADDED)).isEqualTo(one);
        assertThat(without(lines, Sort.REMOVED)).isEqualTo(other);
    }

    @Test
    void oneLineChangedInTheMiddleOfTheLargestTextIsAllThatIsMarked() {
        String beginning = "a\n".repeat(12_000);
        String end = "\nz".repeat(12_000);
        assertThat(LineDiff.of(beginning + "b" + end, beginning + "c" + end))
                .filteredOn(line -> line.sort() != Sort.SAME)
                .containsExactly(new Line(Sort.REMOVED, "b"), new Line(Sort.ADDED, "c"));
    }

    @Test
    void whatWasTakenOutStandsBeforeWhatWasPutInWhereverTheyMeet() {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            List<Sort> sorts = LineDiff.of(text(random), text(random)).stream()
                    .map(Line::sort)
                    .toList();
            for (int at = 1; at < sorts.size(); at++) {
                assertThat(sorts.subList(at - 1, at + 1)).isNotEqualTo(List.of(Sort.ADDED, Sort.REMOVED));
            }
        }
    }

    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(4))))
                .collect(Collectors.joining("\n"));
    }

    private static String without(List<Line> lines, Sort left) {
        return lines.stream()
                .filter(line -> line.sort() != left)
                .map(Line::text)
                .collect(Collectors.joining("\n"));
    }
}
