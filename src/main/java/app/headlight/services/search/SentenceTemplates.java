package app.headlight.services.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes pairs of English sentences; empty where the vocabulary has too few of the words as one token each. */
final class SentenceTemplates {

    private static final List<String> NAMES = List.of(
            "Mary", "John", "Tom", "James", "Anna", "Alice", "Henry", "Lily", "Ben", "Sam", "Jack", "Kate", "Lucy",
            "Peter", "Emma", "Jane", "George", "Paul", "Sarah", "David");

    private static final List<String> LASTED = List.of(
            "war", "siege", "journey", "trip", "reign", "project", "voyage", "search", "marriage", "work", "peace");

    private static final List<String> AFTER_AN = List.of(
            "apple",
            "orange",
            "olive",
            "almond",
            "apricot",
            "owl",
            "egg",
            "elephant",
            "ant",
            "ox",
            "eagle",
            "umbrella");
    private static final List<String> AFTER_A = List.of(
            "pear", "lemon", "plum", "peach", "fig", "dog", "cat", "ball", "hat", "cow", "bear", "book", "pig", "bird");

    /** As many words each; those of one token a word make pairs of one length. */
    private static final List<String> BEFORE =
            List.of("Then at last", "One fine day", "All at once", "After a while", "In the end");

    private static final List<Noun> NOUNS = List.of(
            new Noun("boy", "boys"),
            new Noun("girl", "girls"),
            new Noun("dog", "dogs"),
            new Noun("cat", "cats"),
            new Noun("bird", "birds"),
            new Noun("tree", "trees"),
            new Noun("king", "kings"),
            new Noun("child", "children"),
            new Noun("horse", "horses"),
            new Noun("friend", "friends"),
            new Noun("flower", "flowers"),
            new Noun("book", "books"),
            new Noun("man", "men"));

    private final Vocabulary words;
    private final Random random;

    SentenceTemplates(Vocabulary words, Random random) {
        this.words = words;
        this.random = random;
    }

    private record Noun(String one, String many) {

        String of(boolean several) {
            return several ? many : one;
        }
    }

    Optional<ReadyPair> twoNames() {
        List<String> known = new ArrayList<>(words.known(NAMES));
        Collections.shuffle(known, random);
        if (known.size() < 2) {
            return Optional.empty();
        }
        String one = known.get(0);
        String other = known.get(1);
        return words.pair(story(one, other, other), story(one, other, one), " " + one, " " + other);
    }

    private static String story(String one, String other, String again) {
        return "When " + one + " and " + other + " went to the shop, " + again + " gave a bag to";
    }

    /** The years of one century whose last two digits are a token, after a token for the first two. */
    Optional<ReadyPair> greaterThan() {
        int century = 11 + random.nextInt(8);
        Optional<Integer> front = words.token(" " + century);
        List<Integer> years = front.isEmpty()
                ? List.of()
                : IntStream.range(2, 99)
                        .filter(year -> isYear(front.get(), century, year))
                        .boxed()
                        .toList();
        if (years.size() < 30) {
            return Optional.empty();
        }
        int at = 20 + random.nextInt(years.size() - 26);
        int answer = years.get(at + 1 + random.nextInt(Math.min(8, years.size() - at - 1)));
        int below = at - 4 - random.nextInt(8);
        int wrong = years.get(below);
        int earlier = years.get(below - 1 - random.nextInt(Math.min(6, below)));
        String noun = LASTED.get(random.nextInt(LASTED.size()));
        return words.pair(
                lasted(noun, century, years.get(at)),
                lasted(noun, century, earlier),
                twoDigits(answer),
                twoDigits(wrong));
    }

    private boolean isYear(int front, int century, int year) {
        Optional<Integer> digits = words.token(twoDigits(year));
        return digits.isPresent()
                && words.tokens(" " + century + twoDigits(year))
                        .filter(tokens -> tokens.length == 2 && tokens[0] == front && tokens[1] == digits.get())
                        .isPresent();
    }

    private static String twoDigits(int year) {
        return year < 10 ? "0" + year : Integer.toString(year);
    }

    private static String lasted(String noun, int century, int year) {
        return "The " + noun + " lasted from the year " + century + twoDigits(year) + " to the year " + century;
    }

    Optional<ReadyPair> article() {
        List<String> an = words.known(AFTER_AN);
        List<String> a = new ArrayList<>(words.known(AFTER_A));
        Collections.shuffle(a, random);
        if (an.isEmpty() || a.size() < 2) {
            return Optional.empty();
        }
        String first = a.get(0);
        return words.pair(picked(first, an.get(random.nextInt(an.size()))), picked(first, a.get(1)), " an", " a");
    }

    private static String picked(String first, String then) {
        return "She looked for the " + first + " and found a " + first + ". She looked for the " + then + " and found";
    }

    Optional<ReadyPair> number() {
        List<Noun> known = NOUNS.stream()
                .filter(noun -> words.known(List.of(noun.one(), noun.many())).size() == 2)
                .toList();
        List<String> begun = BEFORE.stream()
                .filter(begin -> words.tokens(begin + " the")
                        .filter(tokens -> tokens.length == begin.split(" ").length + 1)
                        .isPresent())
                .toList();
        if (known.size() < 2 || begun.isEmpty()) {
            return Optional.empty();
        }
        Noun noun = known.get(random.nextInt(known.size()));
        String before = begun.get(random.nextInt(begun.size())) + " the ";
        boolean several = random.nextBoolean();
        return words.pair(
                before + noun.of(several),
                before + noun.of(!several),
                several ? " were" : " was",
                several ? " was" : " were");
    }
}
