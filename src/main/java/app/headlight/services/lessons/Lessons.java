package app.headlight.services.lessons;

import app.headlight.services.lessons.LessonReader.Read;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Service;

/** The lessons that come with Headlight. A broken one is named with file, line and fault; the others are there. */
@Service
public class Lessons {

    private static final Logger LOG = LoggerFactory.getLogger(Lessons.class);
    private static final String FILES = "classpath:db/lessons/*.md";

    private final List<Lesson> lessons;
    private final List<Fault> faults;

    Lessons() throws IOException {
        List<Lesson> read = new ArrayList<>();
        List<Fault> wrong = new ArrayList<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources(FILES)) {
            String name = String.valueOf(file.getFilename());
            try (InputStream in = file.getInputStream()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                Read lesson = LessonReader.read(name.replaceFirst("\\.md$", ""), name, text);
                lesson.lesson().ifPresent(read::add);
                wrong.addAll(lesson.faults());
            }
        }
        read.sort(Comparator.comparingInt(Lesson::order).thenComparing(Lesson::name));
        wrong.forEach(fault -> LOG.warn("a lesson cannot be read: {}", fault));
        lessons = List.copyOf(read);
        faults = List.copyOf(wrong);
    }

    /** In their order. */
    public List<Lesson> all() {
        return lessons;
    }

    /** What is wrong in those that cannot be read. */
    public List<Fault> faults() {
        return faults;
    }

    public Optional<Lesson> find(String name) {
        return lessons.stream().filter(lesson -> lesson.name().equals(name)).findFirst();
    }
}
