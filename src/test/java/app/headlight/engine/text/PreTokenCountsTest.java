package app.headlight.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreTokenCountsTest {

    @Test
    void countsInTheOrderOfFirstOccurrence() {
        assertThat(counted(9, "b a b c b a")).containsExactly(entry("b", 3L), entry("a", 2L), entry("c", 1L));
    }

    @Test
    void dropsTheRarestHalfWhenThereWouldBeTooManyChars() {
        assertThat(counted(4, "a b b c c c d d e")).containsExactly(entry("c", 3L), entry("d", 2L), entry("e", 1L));
    }

    @Test
    void dropsThoseKnownLongestOfEquallyRareOnes() {
        assertThat(counted(4, "a b c d e").keySet()).containsExactly("c", "d", "e");
        assertThat(counted(6, "aa bb cc ddd").keySet()).containsExactly("cc", "ddd");
        assertThat(counted(1, "a b c").keySet()).containsExactly("c");
    }

    private static Map<String, Long> counted(int most, String preTokens) {
        PreTokenCounts counts = new PreTokenCounts(most);
        for (String preToken : preTokens.split(" ")) {
            counts.add(preToken);
        }
        Map<String, Long> counted = new LinkedHashMap<>();
        counts.forEach(counted::put);
        return counted;
    }
}
