package app.headlight.engine.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The tokens of a tokenizer.json, each as the piece that a page shows. The file writes tokens in a notation that
 * depends on the kind of tokenizer: GPT-2's byte alphabet (ByteLevel), {@code ▁} for a space (Metaspace),
 * {@code <0xE2>} for a byte.
 */
final class Vocabulary {

    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");

    /** What is read of tokenizer.json beside its tokens. */
    private static final Set<String> SETTINGS =
            Set.of("normalizer", "pre_tokenizer", "post_processor", "decoder", "model/unk_token", "model/unk_id");

    private static final Set<String> CONFIG = Set.of("bos_token", "eos_token", "add_bos_token");

    private final TokenTable tokens;
    private final Notation notation;
    private final OptionalInt unknown;
    private final OptionalInt beginning;
    private final OptionalInt inFront;
    private final boolean leavesOut;

    private Vocabulary(
            TokenTable tokens,
            Notation notation,
            OptionalInt unknown,
            OptionalInt beginning,
            OptionalInt inFront,
            boolean leavesOut) {
        this.tokens = tokens;
        this.notation = notation;
        this.unknown = unknown;
        this.beginning = beginning;
        this.inFront = inFront;
        this.leavesOut = leavesOut;
    }

    /**
     * Reads the vocabulary: first the settings, which say the tokens that must be found, then the tokens.
     *
     * @param configJson tokenizer_config.json; null where there is none
     * @throws UnreadableTokenizerException if one of them cannot be read
     */
    static Vocabulary of(String tokenizerJson, @Nullable String configJson) {
        TokenizerJson json = new TokenizerJson(tokenizerJson, "it");
        JsonNode settings = json.settings(SETTINGS);
        JsonNode config = configJson == null
                ? MissingNode.getInstance()
                : new TokenizerJson(ByteOrderMark.strip(configJson), "tokenizer_config.json beside it")
                        .settings(CONFIG);
        TokensInFile found = new TokensInFile(tokenizerJson.length() / 4);
        BeginningToken.of(settings, config, found::wanted);
        BeginningToken.inFront(settings, config, found::wanted);
        String unknownName = settings.path("model").path("unk_token").asString("");
        found.wanted(unknownName);
        found.read(json);
        JsonNode byId = settings.path("model").path("unk_id"); // Unigram
        OptionalInt unknown = byId.isInt() ? OptionalInt.of(byId.asInt()) : found.unknown(unknownName);
        TokenTable tokens = found.tokens();
        if (unknown.isPresent() && tokens.get(unknown.getAsInt()) == null) {
            throw new UnreadableTokenizerException("its unknown token has an id that is not in the vocabulary");
        }
        return new Vocabulary(
                tokens,
                Notation.of(settings),
                unknown,
                BeginningToken.of(settings, config, found::id),
                BeginningToken.inFront(settings, config, found::id),
                leavesOut(settings));
    }

    /** See {@link BeginningToken}. */
    OptionalInt beginning() {
        return beginning;
    }

    /** See {@link BeginningToken#inFront}. */
    OptionalInt inFront() {
        return inFront;
    }

    /** Whether the tokenizer drops characters that it knows: separators, accents, control characters. */
    boolean leavesOut() {
        return leavesOut;
    }

    int size() {
        return tokens.size();
    }

    Piece piece(int id) {
        if (id < 0) {
            throw new IllegalArgumentException("token id " + id + " is negative");
        }
        TokenTable.Token token = tokens.get(id);
        if (token == null) {
            return new Piece(id, "", Labels.ofId(id), Piece.Kind.UNKNOWN);
        }
        String text = token.text();
        return switch (token.kind()) {
            case ADDED -> new Piece(id, text, Labels.of(text), Piece.Kind.TEXT);
            case SPECIAL -> new Piece(id, text, Labels.of(text), Piece.Kind.SPECIAL);
            case MODEL -> {
                Piece piece = notation.piece(id, text);
                boolean isUnknown = unknown.isPresent() && unknown.getAsInt() == id;
                yield isUnknown ? new Piece(id, piece.text(), piece.label(), Piece.Kind.UNKNOWN) : piece;
            }
        };
    }

    /** The piece of {@code id} that stands for {@code slice}; an unknown token shows the slice in place of itself. */
    Piece piece(int id, String slice) {
        Piece piece = piece(id);
        boolean standsIn = unknown.isPresent() && unknown.getAsInt() == id && !slice.equals(piece.text());
        return standsIn ? new Piece(id, slice, Labels.of(slice), Piece.Kind.UNKNOWN) : piece;
    }

    private static boolean leavesOut(JsonNode root) {
        String how = root.path("normalizer").toString() + root.path("pre_tokenizer");
        return Stream.of(
                        "Removed",
                        "CharDelimiterSplit",
                        "Replace",
                        "Strip",
                        "StripAccents",
                        "BertNormalizer",
                        "Nmt",
                        "Precompiled")
                .anyMatch(kind -> how.contains("\"" + kind + "\""));
    }

    /** The notations of tokens in the vocabulary. */
    private enum Notation {
        BYTE_LEVEL,
        METASPACE,
        PLAIN;

        static Notation of(JsonNode root) {
            String how = root.path("pre_tokenizer").toString() + root.path("decoder");
            if (how.contains("\"ByteLevel\"")) {
                return BYTE_LEVEL;
            }
            return how.contains("\"Metaspace\"") || how.contains("▁") ? METASPACE : PLAIN;
        }

        Piece piece(int id, String token) {
            Matcher single = BYTE.matcher(token);
            if (this != BYTE_LEVEL && single.matches()) {
                byte[] bytes = {(byte) Integer.parseInt(single.group(1), 16)};
                return new Piece(
                        id, new String(bytes, StandardCharsets.UTF_8), Labels.ofByte(bytes[0]), Piece.Kind.BYTE);
            }
            byte[] bytes = this == BYTE_LEVEL ? ByteAlphabet.bytes(token) : null;
            if (bytes != null) {
                return fromBytes(id, bytes);
            }
            String text = this == METASPACE ? token.replace('▁', ' ') : token;
            return new Piece(id, text, Labels.of(text), Piece.Kind.TEXT);
        }

        private static Piece fromBytes(int id, byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes));
                return new Piece(id, text, Labels.of(text), Piece.Kind.TEXT);
            } catch (CharacterCodingException partOfACharacter) {
                return new Piece(id, text, ByteAlphabet.label(bytes), Piece.Kind.BYTE);
            }
        }
    }
}
