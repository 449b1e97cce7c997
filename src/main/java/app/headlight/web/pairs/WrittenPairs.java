package app.headlight.web.pairs;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.search.PairSet;
import app.headlight.services.search.ReadyPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pairs as a person writes them: rows of CSV, {@code clean,corrupt,answer,wrong}, or a JSON object a line with these
 * fields.
 */
final class WrittenPairs {

    private static final List<String> FIELDS = List.of("clean", "corrupt", "answer", "wrong");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WrittenPairs() {}

    /** @throws Refusal if there are none or too many, or one cannot be read, naming its row */
    static List<ReadyPair> of(String text) {
        List<ReadyPair> pairs = text.strip().startsWith("{") ? lines(text.strip()) : rows(text.strip());
        if (pairs.isEmpty()) {
            throw new Refusal("Write a pair a row: the clean sentence, the corrupt one, the answer, the wrong token.");
        }
        if (pairs.size() > PairSet.MOST) {
            throw Refusal.of("the number of pairs", pairs.size(), "1 to " + PairSet.MOST);
        }
        return pairs;
    }

    private static List<ReadyPair> rows(String text) {
        List<ReadyPair> pairs = new ArrayList<>();
        try (CSVParser rows = CSVParser.parse(text, CSVFormat.RFC4180)) {
            for (CSVRecord row : rows) {
                if (row.size() != FIELDS.size()) {
                    throw new Refusal("Row " + row.getRecordNumber() + " has " + row.size()
                            + (row.size() == 1 ? " field" : " fields")
                            + "; expected four: the clean sentence, the corrupt one, the answer, the wrong token.");
                }
                pairs.add(new ReadyPair(row.get(0), row.get(1), row.get(2), row.get(3)));
            }
        } catch (IOException | IllegalStateException | UncheckedIOException unreadable) {
            throw new Refusal(
                    "The pairs are no CSV: a quotation mark is open, or stands within a field without quotes.");
        }
        return pairs;
    }

    private static List<ReadyPair> lines(String text) {
        List<ReadyPair> pairs = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R")) {
            number++;
            if (!line.isBlank()) {
                pairs.add(pair("Line " + number, line));
            }
        }
        return pairs;
    }

    private static ReadyPair pair(String which, String line) {
        JsonNode read;
        try {
            read = JSON.readTree(line);
        } catch (JacksonException unreadable) {
            throw new Refusal(which + " is no JSON; expected an object a line, as the first line begins with one.");
        }
        if (!read.isObject()) {
            throw new Refusal(which + " is no JSON object; expected one with clean, corrupt, answer and wrong.");
        }
        Set<String> names = Set.copyOf(read.propertyNames());
        names.stream()
                .filter(name -> !FIELDS.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(unknown -> {
                    throw new Refusal(
                            which + " has the field “" + unknown + "”; expected clean, corrupt, answer and wrong.");
                });
        for (String field : FIELDS) {
            if (!read.path(field).isString()) {
                throw new Refusal(which
                        + (names.contains(field) ? ": “" + field + "” is no text." : ": “" + field + "” is missing."));
            }
        }
        return new ReadyPair(
                read.get("clean").asString(),
                read.get("corrupt").asString(),
                read.get("answer").asString(),
                read.get("wrong").asString());
    }
}
