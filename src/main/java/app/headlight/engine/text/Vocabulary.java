package app.headlight.engine.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The tokens of a tokenizer.json, each as the piece that a page shows. The file writes tokens in a notation that
 * depends on the kind of tokenizer: GPT-2's byte alphabet (ByteLevel), {@code ▁} for a space (Metaspace),
 * {@code <0xE2>} for a byte.
 */
final class Vocabulary {

    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");

    private final List<@Nullable Piece> pieces;
    private final OptionalInt unknown;
    private final OptionalInt beginning;
    private final OptionalInt inFront;
    private final boolean leavesOut;

    private Vocabulary(
            List<@Nullable Piece> pieces,
            OptionalInt unknown,
            OptionalInt beginning,
            OptionalInt inFront,
            boolean leavesOut) {
        this.pieces = pieces;
        this.unknown = unknown;
        this.beginning = beginning;
        this.inFront = inFront;
        this.leavesOut = leavesOut;
    }

    /**
     * Reads the vocabulary.
     *
     * @param configJson tokenizer_config.json; null where there is none
     * @throws UnreadableTokenizerException if one of them cannot be read
     */
    static Vocabulary of(String tokenizerJson, @Nullable String configJson) {
        JsonNode root = json(tokenizerJson, "it");
        JsonNode config = configJson == null
                ? MissingNode.getInstance()
                : json(ByteOrderMark.strip(configJson), "tokenizer_config.json beside it");
        JsonNode model = root.path("model");
        JsonNode vocab = model.path("vocab");
        if (vocab.isEmpty()) {
            throw new UnreadableTokenizerException("it has no tokens in \"model\".\"vocab\"");
        }
        Notation notation = Notation.of(root);
        List<@Nullable Piece> pieces = new ArrayList<>();
        if (vocab.isArray()) { // Unigram: [token, score] by id
            for (int id = 0; id < vocab.size(); id++) {
                put(pieces, notation.piece(id, vocab.get(id).path(0).asString()));
            }
        } else {
            for (Map.Entry<String, JsonNode> entry : vocab.properties()) {
                put(pieces, notation.piece(entry.getValue().asInt(), entry.getKey()));
            }
        }
        OptionalInt unknown = unknown(model, vocab, root.path("added_tokens"));
        unknown.ifPresent(id -> mark(pieces, id));
        for (JsonNode added : root.path("added_tokens")) {
            String content = added.path("content").asString();
            Piece.Kind kind = added.path("special").asBoolean() ? Piece.Kind.SPECIAL : Piece.Kind.TEXT;
            put(pieces, new Piece(added.path("id").asInt(), content, Labels.of(content), kind));
        }
        if (unknown.isPresent() && (unknown.getAsInt() >= pieces.size() || pieces.get(unknown.getAsInt()) == null)) {
            throw new UnreadableTokenizerException("its unknown token has an id that is not in the vocabulary");
        }
        return new Vocabulary(
                pieces,
                unknown,
                BeginningToken.of(root, config),
                BeginningToken.inFront(root, config),
                leavesOut(root));
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
        return pieces.size();
    }

    Piece piece(int id) {
        if (id < 0) {
            throw new IllegalArgumentException("token id " + id + " is negative");
        }
        Piece piece = id < pieces.size() ? pieces.get(id) : null;
        return piece != null ? piece : new Piece(id, "", Labels.ofId(id), Piece.Kind.UNKNOWN);
    }

    /** The piece of {@code id} that stands for {@code slice}; an unknown token shows the slice in place of itself. */
    Piece piece(int id, String slice) {
        Piece piece = piece(id);
        boolean standsIn = unknown.isPresent() && unknown.getAsInt() == id && !slice.equals(piece.text());
        return standsIn ? new Piece(id, slice, Labels.of(slice), Piece.Kind.UNKNOWN) : piece;
    }

    private static JsonNode json(String text, String what) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw new UnreadableTokenizerException(what + " is not JSON, " + e.getOriginalMessage(), e);
        }
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

    /** The unknown token that the model names; some tokenizers have it only among the added tokens. */
    private static OptionalInt unknown(JsonNode model, JsonNode vocab, JsonNode added) {
        JsonNode byId = model.path("unk_id"); // Unigram
        String name = model.path("unk_token").asString("");
        JsonNode id = byId.isInt() ? byId : vocab.path(name);
        for (JsonNode each : added) {
            if (!id.isInt()
                    && !name.isEmpty()
                    && each.path("content").asString().equals(name)) {
                id = each.path("id");
            }
        }
        return id.isInt() ? OptionalInt.of(id.asInt()) : OptionalInt.empty();
    }

    private static void mark(List<@Nullable Piece> pieces, int unknown) {
        Piece piece = unknown >= 0 && unknown < pieces.size() ? pieces.get(unknown) : null;
        if (piece != null) {
            put(pieces, new Piece(unknown, piece.text(), piece.label(), Piece.Kind.UNKNOWN));
        }
    }

    private static void put(List<@Nullable Piece> pieces, Piece piece) {
        if (piece.id() < 0 || piece.id() > 10_000_000) {
            throw new UnreadableTokenizerException("the token \"" + piece.label() + "\" has the id " + piece.id());
        }
        while (pieces.size() <= piece.id()) {
            pieces.add(null);
        }
        pieces.set(piece.id(), piece);
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
