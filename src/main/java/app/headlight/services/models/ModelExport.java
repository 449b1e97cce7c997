package app.headlight.services.models;

import app.headlight.engine.formats.Folding;
import app.headlight.engine.formats.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the files of a stored model as a zip, part by part, so that a large model needs little memory. */
@Service
public class ModelExport {

    /** By which names configuration and tensors are written. */
    public enum Names {
        /** Those of the files that were stored: the family's own. */
        STORED,
        /** TransformerLens's, in float32; folded if the model is read so. */
        TRANSFORMER_LENS
    }

    /** So many are written at once; the others wait. */
    private final Semaphore writing = new Semaphore(2);

    private final ModelStore store;
    private final ModelReader reader;
    private final ModelLibrary library;

    ModelExport(ModelStore store, ModelReader reader, ModelLibrary library) {
        this.library = library;
        this.store = store;
        this.reader = reader;
    }

    /**
     * Writes a model.
     *
     * @param model one that whoever asks may see
     */
    public void write(StoredModel model, Names names, OutputStream out) throws IOException {
        written(model, names == Names.STORED ? null : library.open(model.name()).orElseThrow(), out);
    }

    /**
     * Writes a model by TransformerLens's names, as it was after a step of its training or at its end.
     *
     * @param model one that whoever asks may see
     */
    public void write(OpenModel model, OutputStream out) throws IOException {
        written(model.stored(), model, out);
    }

    private void written(StoredModel model, @Nullable OpenModel byTransformerLens, OutputStream out)
            throws IOException {
        writing.acquireUninterruptibly();
        try {
            zipped(model, byTransformerLens, out);
        } finally {
            writing.release();
        }
    }

    private void zipped(StoredModel model, @Nullable OpenModel open, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED); // weights hardly become smaller
        String tokenizerConfig = store.tokenizerConfig(model.id());
        if (open == null) {
            text(zip, ModelSource.CONFIG, store.config(model.id()));
            zip.putNextEntry(new ZipEntry(ModelSource.WEIGHTS));
            try (InputStream weights = Channels.newInputStream(reader.file(model, OpenModel.FINISHED))) {
                weights.transferTo(zip);
            }
            zip.closeEntry();
            text(zip, ModelSource.FOLD, folding(model));
        } else {
            Integer beginning = open.config().bosToken();
            if (tokenizerConfig == null && beginning != null && store.tokenizer(model.id()) != null) {
                tokenizerConfig = JsonMapper.shared()
                        .createObjectNode()
                        .put("bos_token", open.tokenizer().piece(beginning).text())
                        .toString();
            }
            text(zip, ModelSource.CONFIG, config(open));
            zip.putNextEntry(new ZipEntry(ModelSource.WEIGHTS));
            ModelFiles.writeWeights(open.config(), open.transformer().weights(), zip);
            zip.closeEntry();
        }
        text(zip, ModelSource.TOKENIZER, store.tokenizer(model.id()));
        text(zip, ModelSource.TOKENIZER_CONFIG, tokenizerConfig);
        text(zip, ModelSource.CARD, model.card());
        zip.finish();
    }

    /** TransformerLens has no field for the token that texts begin with: it asks the tokenizer. */
    private static String config(OpenModel open) {
        ObjectNode fields = (ObjectNode) JsonMapper.shared().readTree(ModelFiles.writeConfig(open.config()));
        return fields.without("bos_token_id").toString();
    }

    private static @Nullable String folding(StoredModel model) {
        return model.folding().isEmpty()
                ? null
                : model.folding().stream().map(Folding.Step::label).collect(Collectors.joining("\n"));
    }

    private static void text(ZipOutputStream zip, String name, @Nullable String text) throws IOException {
        if (text != null) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }
}
