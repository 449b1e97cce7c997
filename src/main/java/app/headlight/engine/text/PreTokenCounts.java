package app.headlight.engine.text;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * Counts how often each pre-token occurs, in bounded memory: when the different pre-tokens together have too many
 * chars, the rarer half is dropped; of equally rare ones, those that came first.
 */
final class PreTokenCounts {

    private final int most;
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private int length;

    /** A count that never keeps pre-tokens of more than {@code most} chars in all, unless a single one is longer. */
    PreTokenCounts(int most) {
        this.most = most;
    }

    void add(String preToken) {
        Count count = counts.get(preToken);
        if (count != null) {
            count.value++;
            return;
        }
        if (length + preToken.length() > most) {
            dropTheRarestHalf();
        }
        length += preToken.length();
        counts.put(preToken, new Count());
    }

    /** Every pre-token with its count, in the order of first occurrence. */
    void forEach(ObjLongConsumer<String> each) {
        counts.forEach((preToken, count) -> each.accept(preToken, count.value));
    }

    private void dropTheRarestHalf() {
        while (length > most / 2) {
            long rarest = counts.values().stream().mapToLong(c -> c.value).min().orElseThrow();
            Iterator<Map.Entry<String, Count>> oldestFirst = counts.entrySet().iterator();
            while (length > most / 2 && oldestFirst.hasNext()) {
                Map.Entry<String, Count> entry = oldestFirst.next();
                if (entry.getValue().value == rarest) {
                    length -= entry.getKey().length();
                    oldestFirst.remove();
                }
            }
        }
    }

    private static final class Count {
        private long value = 1;
    }
}
