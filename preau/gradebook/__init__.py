"""What pupils achieved: assessments, grades, and the results they make."""
