package app.headlight.web.explore.stream;

import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.residual.Bandwidth;
import app.headlight.engine.residual.Bandwidth.Channel;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Mlp;
import app.headlight.services.models.OpenModel;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.Term;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadRows;
import app.headlight.web.panels.Panel;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The pictures of bandwidth: how much of what one part writes another reads, overlaps of subspaces, and how many
 * dimensions each head and MLP writes.
 */
class BandwidthPictures extends Div implements Panel<Exploration> {

    private final Paragraph words = new Paragraph();
    private final Heatmap shares = new Heatmap();
    private final Heatmap overlaps = new Heatmap();
    private final Heatmap dimensions = new Heatmap();
    private final Heatmap ofMlps = new Heatmap();

    BandwidthPictures() {
        addClassNames("hl-tab", "hl-tab-bandwidth");
        words.addClassName("hl-muted");
        words.setId("bandwidth-words");
        shares.setId("bandwidth-share");
        overlaps.setId("bandwidth-overlap");
        dimensions.setId("bandwidth-dimensions");
        ofMlps.setId("bandwidth-mlp-dimensions");
        add(words, shares, overlaps, dimensions, ofMlps);
    }

    @Override
    public void show(Exploration exploration) {
        OpenModel model = exploration.model();
        Bandwidth bandwidth = exploration.ofModel("bandwidth", List.of(), Bandwidth::of);
        words.removeAll();
        words.add(
                new Term("bandwidth", "Bandwidth"),
                new Text(": " + words(model, bandwidth) + leftOut(model.config(), bandwidth)));
        boolean heads = model.config().nLayers() > 0;
        boolean mlps = heads && model.config().mlp() != null;
        overlaps.setVisible(heads);
        dimensions.setVisible(heads);
        ofMlps.setVisible(mlps);
        shares.show(
                model.ref(),
                () -> matrix(
                        model,
                        bandwidth,
                        "Share of what is written that is read",
                        "share",
                        Channel::share,
                        channel -> true));
        if (heads) {
            overlaps.show(
                    model.ref(),
                    () -> matrix(
                            model,
                            bandwidth,
                            "Overlap of the subspaces",
                            "cos²",
                            Channel::overlap,
                            channel -> !Double.isNaN(channel.overlap())));
            dimensions.show(model.ref(), () -> dimensions(model, bandwidth));
        }
        if (mlps) {
            ofMlps.show(model.ref(), () -> ofMlps(model, bandwidth));
        }
    }

    private static String leftOut(Config config, Bandwidth bandwidth) {
        Mlp mlp = config.mlp();
        String neurons = mlp == null || config.nLayers() == 0
                ? ""
                : " An MLP reads and writes by its " + String.format(Locale.ROOT, "%,d", mlp.dMlp()) + " neurons"
                        + (readsAll(bandwidth) ? ", and reads all that is written." : ".");
        return neurons + (config.norm().isWeighted() ? " The weights of norms are left out." : "");
    }

    private static boolean readsAll(Bandwidth bandwidth) {
        return bandwidth.channels().stream()
                .filter(channel -> channel.reader().kind() == StreamReader.Kind.MLP)
                .allMatch(channel -> channel.share() > 0.9999);
    }

    private static String words(OpenModel model, Bandwidth bandwidth) {
        Config config = model.config();
        if (config.nLayers() == 0) {
            return "This model has no heads: its stream carries the embedding to the unembedding, and nothing else writes"
                    + " to it or reads from it.";
        }
        Optional<Channel> widest = bandwidth.channels().stream()
                .filter(channel -> channel.writer().head() != null
                        && channel.reader().kind().isOfHead())
                .max(Comparator.comparingDouble(Channel::share));
        int heads = config.nLayers() * config.nHeads();
        String shared = String.format(
                Locale.ROOT,
                "%d heads of %d dimensions share a stream of %d. An input of a head would read %.3f of a random direction.",
                heads,
                config.dHead(),
                config.dModel(),
                bandwidth.chance());
        return shared
                + widest.map(channel -> String.format(
                                Locale.ROOT,
                                " The widest channel between two heads: %.4f of what %s writes is read by the %s of %s.",
                                channel.share(),
                                channel.writer(),
                                channel.reader().kind(),
                                channel.reader().writes()))
                        .orElse(
                                " No head is in a later layer than another: only the unembedding reads what a head writes.");
    }

    private static Heatmap.Cells matrix(
            OpenModel model,
            Bandwidth bandwidth,
            String title,
            String unit,
            ToDoubleFunction<Channel> figure,
            Predicate<Channel> shown) {
        Map<String, Map<String, Double>> table = new LinkedHashMap<>();
        List<String> readers = new ArrayList<>();
        for (Channel channel : bandwidth.channels()) {
            String reader = reader(channel.reader());
            if (!readers.contains(reader)) {
                readers.add(reader);
            }
            if (shown.test(channel)) {
                table.computeIfAbsent(channel.writer().name(), name -> new LinkedHashMap<>())
                        .put(reader, figure.applyAsDouble(channel));
            }
        }
        List<String> read = readers.stream()
                .filter(reader -> table.values().stream().anyMatch(row -> row.containsKey(reader)))
                .toList();
        List<double[]> rows = table.values().stream()
                .map(row -> read.stream()
                        .mapToDouble(reader -> row.getOrDefault(reader, Double.NaN))
                        .toArray())
                .toList();
        return new Heatmap.Cells(
                model.name() + " " + title,
                title,
                Heatmap.Axis.of("writer", List.copyOf(table.keySet())),
                Heatmap.Axis.of("reader", read),
                HeadRows.base64(rows),
                "sequential",
                unit);
    }

    private static String reader(StreamReader reader) {
        return switch (reader.kind()) {
            case LOGITS -> "unembed";
            case MLP -> reader.toString();
            default -> reader.writes() + " " + reader.kind();
        };
    }

    private static Heatmap.Cells dimensions(OpenModel model, Bandwidth bandwidth) {
        Config config = model.config();
        List<double[]> rows = new ArrayList<>();
        List<String> layers = new ArrayList<>();
        for (int layer = 0; layer < config.nLayers(); layer++) {
            layers.add("L" + layer);
            double[] row = new double[config.nHeads()];
            for (int h = 0; h < row.length; h++) {
                row[h] =
                        bandwidth.effectiveDimensions().getOrDefault(StreamWriter.of(new HeadId(layer, h)), Double.NaN);
            }
            rows.add(row);
        }
        String[] heads = new String[config.nHeads()];
        Arrays.setAll(heads, h -> "H" + h);
        return new Heatmap.Cells(
                model.name() + " effective dimensions",
                "Effective dimensions written, of " + config.dHead(),
                Heatmap.Axis.of("layer", layers),
                Heatmap.Axis.of("head", List.of(heads)),
                HeadRows.base64(rows),
                "sequential",
                "dimensions");
    }

    private static Heatmap.Cells ofMlps(OpenModel model, Bandwidth bandwidth) {
        Config config = model.config();
        double[] row = IntStream.range(0, config.nLayers())
                .mapToDouble(
                        layer -> bandwidth.effectiveDimensions().getOrDefault(StreamWriter.ofMlp(layer), Double.NaN))
                .toArray();
        return new Heatmap.Cells(
                model.name() + " effective dimensions of MLPs",
                "Effective dimensions that MLPs write, of " + config.dModel(),
                Heatmap.Axis.of("", List.of("MLP")),
                Heatmap.Axis.of(
                        "layer",
                        IntStream.range(0, config.nLayers())
                                .mapToObj(l -> "L" + l)
                                .toList()),
                HeadRows.base64(List.of(row)),
                "sequential",
                "dimensions");
    }
}
