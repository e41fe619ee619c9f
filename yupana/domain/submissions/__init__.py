"""What was handed in: versions, the steps of their life, remarks row by row, acceptance and the day that counts."""
