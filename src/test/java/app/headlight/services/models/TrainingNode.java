package app.headlight.services.models;

import app.headlight.Databases;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * A server's trainings without its pages, on a database that is migrated already: {@code java … TrainingNode URL}. It
 * answers each command, a line on its standard input, by a line: {@code ask NAME STEPS}, {@code pause ID}, {@code stop ID},
 * {@code delete ID}, and {@code trains ID}, whether this process is at that training. It ends with its input.
 */
final class TrainingNode {

    private TrainingNode() {}

    public static void main(String[] arguments) throws IOException {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
            context.registerBean(
                    DataSource.class, () -> Databases.pool(arguments[0]), bean -> bean.setDestroyMethodName("close"));
            context.registerBean(MatrixProducts.class, MatrixProducts::fastest);
            context.scan("app.headlight.services.jobs");
            context.register(
                    StoresTest.Transactions.class,
                    ModelStore.class,
                    TrainingStore.class,
                    TrainingKind.class,
                    Trainings.class);
            context.refresh();
            System.out.println("ready");
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line;
            while ((line = input.readLine()) != null) {
                System.out.println(answer(context, line.split(" ")));
            }
        }
    }

    private static String answer(AnnotationConfigApplicationContext context, String[] words) {
        Trainings trainings = context.getBean(Trainings.class);
        try {
            switch (words[0]) {
                case "ask" -> {
                    int steps = Integer.parseInt(words[2]);
                    return "asked "
                            + trainings
                                    .ask(words[1], TrainingsTest.recipe(steps), null, null)
                                    .id();
                }
                case "pause" -> trainings.pause(Long.parseLong(words[1]));
                case "stop" -> trainings.stop(Long.parseLong(words[1]));
                case "delete" -> trainings.delete(Long.parseLong(words[1]));
                case "trains" -> {
                    return String.valueOf(context.getBean(TrainingKind.class)
                            .log(Long.parseLong(words[1]))
                            .isPresent());
                }
                default -> throw new IllegalArgumentException("no such command: " + words[0]);
            }
            return "done";
        } catch (Refusal refused) {
            return "refused: " + refused.getMessage();
        }
    }
}
